"""The first lines of the child process that reads a document; run as a file, with the places of packages as arguments.

`crawler` and `archive` stand in for the packages of these names, without running them: reading a document needs a few
of their modules, and loading all of them would take ten times as long as reading a short paper does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType


def _stand_in(name: str, root: str) -> None:
    package = ModuleType(name)
    package.__path__ = [str(Path(root) / name)]
    sys.modules[name] = package


if __name__ == "__main__":
    root, job, *places = sys.argv[1:]
    sys.path.extend(places)
    _stand_in("crawler", root)
    _stand_in("archive", root)

    if job:
        from crawler.documents.child import main

        main(job)
    else:
        from crawler.documents.nursery import tend

        tend()
