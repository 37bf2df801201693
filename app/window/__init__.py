"""The Qt frame: window, desk, background work (the only threads), failures, look."""
