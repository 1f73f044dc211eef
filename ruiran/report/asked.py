"""What a model was told of an article, and what it answered, as the files of requests and answers have it."""
import json

import pandas as pd

COLUMNS = "line quote source event target status date_from date_to weapon speaker".split()


def instructions(path, sha256):
    """What the request on an article told the model, from a file of requests; '' where it has none."""
    return next((row["body"]["messages"][0]["content"] for row in rows_on(path, sha256)), "")


def answered(paths, sha256):
    """The events of the first answer on an article, unaltered, as a DataFrame with at least COLUMNS, from files of
    answers of which some may be missing; no rows where none has one that can be read."""
    for row in (row for path in paths for row in rows_on(path, sha256)):
        try:
            events = json.loads(row["response"]["body"]["choices"][0]["message"]["content"])["events"]
            found = pd.DataFrame([e for e in events if isinstance(e, dict)])
        except (KeyError, IndexError, TypeError, ValueError):
            continue  # such an answer is a row of `problems`
        return found.reindex(columns=list(dict.fromkeys([*COLUMNS, *found.columns])))
    return pd.DataFrame(columns=COLUMNS)


def rows_on(path, sha256):
    """The rows of a file of requests or answers that are about one article."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                row = json.loads(line)
                mine = row["custom_id"].startswith(sha256[:24])
            except (KeyError, TypeError, AttributeError, ValueError):
                continue
            if mine:
                yield row
