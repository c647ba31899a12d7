"""The licence a wheel states, for the list of what a site contains."""

import zipfile
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

UNKNOWN = "NOASSERTION"
"""SPDX's word for "the package doesn't say"."""

_LONGEST_NAME = 80
_SPDX_OF_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_SPDX_OF_TEXT = {
    "apache 2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "dual license": "Apache-2.0 OR BSD-3-Clause",
    "isc": "ISC",
    "mit": "MIT",
    "mit license": "MIT",
    "mpl-2.0": "MPL-2.0",
    "new bsd": "BSD-3-Clause",
    "psf-2.0": "PSF-2.0",
}


def licence_of(wheel: Path) -> str:
    """The SPDX expression where the wheel's metadata allow one, else what they say, else `NOASSERTION`.

    Source: Core metadata specification 2.4, License-Expression, then the two older fields.
    """
    try:
        return licence_in(read_metadata(wheel))
    except (OSError, zipfile.BadZipFile, KeyError):
        return UNKNOWN


def licence_in(metadata: Message) -> str:
    """The same, from metadata already read."""
    expression = metadata.get("License-Expression", "").strip()
    if expression:
        return expression
    stated = metadata.get("License", "").strip()
    if stated.lower() in _SPDX_OF_TEXT:
        return _SPDX_OF_TEXT[stated.lower()]
    trove = [line.rsplit(" :: ", 1)[-1] for line in metadata.get_all("Classifier", []) if "License ::" in line]
    if trove:
        return " OR ".join(sorted({_SPDX_OF_CLASSIFIER.get(name, name) for name in trove}))
    if stated and stated.upper() != "UNKNOWN":
        return stated.splitlines()[0][:_LONGEST_NAME]
    return UNKNOWN


def read_metadata(wheel: Path) -> Message:
    """A wheel's METADATA; KeyError when it has none, `zipfile.BadZipFile` when it is no wheel."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".dist-info/METADATA") and name.count("/") == 1:
                return HeaderParser().parsestr(archive.read(name).decode("utf-8", "replace"))
    raise KeyError("METADATA")
