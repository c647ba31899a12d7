"""The door: `python build.py COMMAND` runs the same as the installed `passerelle COMMAND`."""

import sys

from lite_site.cli import main

if __name__ == "__main__":
    sys.exit(main())
