"""`python -m lite_site`: the command line, where `passerelle` isn't on PATH."""

import sys

from lite_site.cli import main

if __name__ == "__main__":
    sys.exit(main())
