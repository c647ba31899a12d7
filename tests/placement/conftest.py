"""The corpus holds notebooks and modules of imagined courses: data for the tests, not tests."""

collect_ignore_glob = ["corpus/*"]
