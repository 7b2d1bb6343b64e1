"""Does the search give people what they look for, in the order they would put it?

Queries as a journalist, a councillor or a campaigner would type them, each with a sentence on what is looked for, were
judged by reading the minutes, not by asking the index: every item that holds the words, or says the same in others,
was looked at, and given 3 (exactly what is wanted: about it, with what was said or decided), 2 (good: about it but not
yet dealt with, or a whole exchange on it among other things) or 1 (touches it). What is not named is 0; standing items
are 0 unless they are what is looked for. `minutes/` holds the corpus, which stays as it is: a change there asks for
new judgements. (`eastmere` and `marlow-heath` are what the pretend site's generator made once, the others were written
by hand; the notices of the pretend site were left out, for each file says it.)
"""
