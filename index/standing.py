"""Is an agenda item a standing one, that every meeting has and few people look for?

Such items rank below substance, and can be hidden. Judged by the title alone, since that is all that is the same
everywhere.
"""

from __future__ import annotations

import re

from index.tokens import tokens

_STANDING = re.compile(
    r"(?:to (?:receive|note|consider|approve|agree|confirm) )?(?:the |any )*(?:"
    r"apolog(?:y|ies)(?: .*)?"
    r"|(?:declarations?|disclosures?|notifications?) of (?:\w+ )*interests?(?: .*)?"
    r"|(?:\w+ ){0,2}interests"
    r"|minutes(?: (?:of|from) .*)?|(?:previous|last) minutes|matters arising(?: .*)?|minutes and matters arising"
    r"|(?:any )?other (?:urgent )?business(?: .*)?|(?:notification of |items? of )?(?:any )?(?:late or )?"
    r"urgent (?:business|items?|matters?)(?: .*)?"
    r"|exclusion of (?:the )?(?:press|public)(?: .*)?"
    r"|(?:date|time|dates)(?: and (?:date|time))? of (?:the )?(?:next|future) meetings?(?: .*)?|next meeting"
    r"|(?:chairs?|chair's|chairman's|chairperson's) (?:announcements?|welcome)|welcome(?: and .*)?"
    r"|(?:attendance|substitutes?|substitute members|quorum|filming at meetings|order of business|emergency evacuation)"
    r"|dispensations"
    r")"
)


def is_standing(title: str) -> bool:
    """Whether a title is that of apologies, declarations of interest, the last minutes and the like."""
    return _STANDING.fullmatch(" ".join(token.text for token in tokens(title))) is not None
