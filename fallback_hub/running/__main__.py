"""The supervisor's own process, `python -m fallback_hub.running --config hub.toml`.

It says what happens on standard output, a JSON object a line (sentences with `--plain`), and in its log. With
`--leash` it ends everything when its standard input closes: when whoever started it is gone.
"""

import argparse
import os
import sys
from pathlib import Path

from fallback_hub.problems import HubError
from fallback_hub.proxy.install import ensure_proxy
from fallback_hub.running.signals import Wishes, hold_wishes
from fallback_hub.running.supervisor import Supervisor
from fallback_hub.running.telling import Teller
from fallback_hub.settings import HubSettings, read_settings

DONE, FAILED = 0, 1


def main(arguments: list[str] | None = None) -> int:
    """Supervise until asked to stop; 0, or 1 when the hub can't start."""
    parser = argparse.ArgumentParser(prog="python -m fallback_hub.running")
    parser.add_argument("--config", type=Path, required=True)
    for flag in ("--leash", "--plain", "--again"):
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args(arguments)
    wishes = Wishes(leash=options.leash)
    try:
        settings = read_settings(options.config)
    except HubError as error:
        Teller(Path(os.devnull), plain=options.plain).complain(error.problems)
        return FAILED
    return supervise(settings, wishes, leash=options.leash, plain=options.plain, again=options.again)


def supervise(settings: HubSettings, wishes: Wishes, *, leash: bool, plain: bool, again: bool) -> int:
    """Run the supervisor in this process; asked to reload, it becomes a new one, with the code and settings of then."""
    teller = Teller(settings.state / "logs" / "supervisor.log", plain=plain)
    try:
        wish = Supervisor(settings, ensure_proxy(), teller.tell, wishes, patient=again).run()
    except HubError as error:
        teller.complain(error.problems)
        return FAILED
    if wish == "reload":
        hold_wishes()
        command = [sys.executable, "-m", "fallback_hub.running", "--again", "--config", str(settings.path)]
        os.execv(sys.executable, [*command, *["--leash"] * leash, *["--plain"] * plain])  # noqa: S606 - ourselves, anew
    return DONE


if __name__ == "__main__":
    sys.exit(main())
