"""Whose certificates are trusted: the usual authorities', and those of a file that the operator gives.

Some councils' servers leave out the certificate between their own and its authority (`moderngov.md`, section 6, says
which). A browser fetches it; here it is given in a file, and everything is verified as ever.
"""

from __future__ import annotations

import ssl
from pathlib import Path

from urllib3.util.ssl_ import create_urllib3_context

from archive.errors import SettingsError


def ca_file_of(setting: str) -> Path | None:
    """The file that `SCRUTINY_CA_FILE` names, if any. Raises SettingsError where it cannot be used."""
    if not setting:
        return None
    context(Path(setting), ssl.SSLSocket)
    return Path(setting)


def context(ca_file: Path | None, sockets: type[ssl.SSLSocket]) -> ssl.SSLContext:
    """What connections over TLS are made with; requests adds the usual authorities. Raises SettingsError."""
    made = create_urllib3_context()
    made.sslsocket_class = sockets
    if ca_file is not None:
        try:
            made.load_verify_locations(ca_file)
        except OSError as problem:  # a file that holds no certificate is an SSLError, which is an OSError
            reason = "it holds no certificate in PEM form" if isinstance(problem, ssl.SSLError) else problem.strerror
            raise SettingsError(f"SCRUTINY_CA_FILE: {ca_file} cannot be used: {reason}") from None
    return made
