"""The demo: made-up people, staff of every role and a fixed day; never beside real people."""
