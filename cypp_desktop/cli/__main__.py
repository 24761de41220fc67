"""``python -m cypp_desktop.cli``."""

import sys

from cypp_desktop.cli import main

sys.exit(main())
