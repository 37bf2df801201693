"""事故の対応: what is to be done when something happened to information, whom to tell by when, and its report."""
