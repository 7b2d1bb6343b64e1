"""The crawler: the only package that touches the network. It turns what councils publish into records."""

from crawler.crawl import crawl
from crawler.importing import ImportReport, ImportRequest, import_files, require_files
from crawler.reports import BoroughReport, problem_of
from crawler.scope import Scope

__all__ = [
    "BoroughReport",
    "ImportReport",
    "ImportRequest",
    "Scope",
    "crawl",
    "import_files",
    "problem_of",
    "require_files",
]
