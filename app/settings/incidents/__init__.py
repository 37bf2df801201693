"""事故の対応: what to do in an information security incident, whom to notify by when, and the report."""
