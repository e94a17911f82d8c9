"""``python -m qa``: the same as the console script."""

from qa.cli import main

main()
