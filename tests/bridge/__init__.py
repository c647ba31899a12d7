"""The footbridge in Chromium, with a real hub on another origin."""
