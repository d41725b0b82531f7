"""``python -m feedback`` is the same as ``feedback``."""

from feedback.cli import main

main()
