"""Ways to read a report side by side, taught and asked with the same texts: ``python -m bench.recipes``.

The first is Signalen's (words stemmed, counted with neighbours, shares of length 1, logistic regression with L1, the
best of its grid by five folds); then each part of ours alone; then ours. Taught on catalogue/examples, asked on
examples/test. Right: the area of the answer is the labelled one, among texts that have an area.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
import snowballstemmer
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from bench.train import (
    STRICTNESS_WORDS,
    Meanings,
    area_of,
    find_trust,
    learn,
    read_words,
)
from feedback.domain.examples import TEST, Example, examples
from feedback.domain.features import BUCKETS
from feedback.domain.meaning import meanings
from feedback.domain.model import UNSURE

STEMMED = {"sv": "swedish", "en": "english", "fi": "finnish", "ar": "arabic"}
GRID = {
    "onevsrestclassifier__estimator__class_weight": [None, "balanced"],
    "countvectorizer__ngram_range": [(1, 1), (1, 2)],
}

Answers = Sequence[str]
"""Areas."""


def main() -> None:
    taught, asked = list(examples()), list(examples(TEST))
    labels = np.array([row.theme for row in taught])
    words, asked_words = read_words(taught), read_words(asked)
    by_meaning = Meanings(taught, meanings([row.text for row in taught]))
    centre, meaning = by_meaning.learn({row.writer for row in taught})
    asked_meanings = Meanings(asked, meanings([row.text for row in asked])).centred(centre)

    def part(columns: slice) -> Answers:
        said = learn(words[:, columns], labels, STRICTNESS_WORDS).predict(asked_words[:, columns])
        return [area_of(theme) for theme in said]

    both = learn(words, labels, STRICTNESS_WORDS)
    _, trust_words, trust_meaning = find_trust(taught, words, by_meaning)
    together = trust_words * both.decision_function(asked_words) + trust_meaning * meaning.decision_function(
        asked_meanings
    )
    print(datetime.now(UTC).date(), len(taught), "texts taught,", len(asked), "asked")
    languages = ["sv", *sorted({row.lang for row in asked} - {"sv"})]
    print(f"{'':26}", *(f"{lang:>5}" for lang in languages))
    for name, answers in {
        "Signalen's recipe": signalens(taught, asked),
        "cues only": part(slice(BUCKETS, None)),
        "pieces of words only": part(slice(0, BUCKETS)),
        "pieces and cues": part(slice(None)),
        "meaning only": [area_of(theme) for theme in meaning.predict(asked_meanings)],
        "together": [area_of(theme) for theme in both.classes_[together.argmax(1)]],
    }.items():
        shares = [_right(asked, answers, lang) for lang in languages]
        print(f"{name:26}", *(f"{share:5.2f}" for share in shares))


def signalens(taught: Sequence[Example], asked: Sequence[Example]) -> Answers:
    """Its main category is our area; nothing is trained for classes of fifty texts or fewer, and we have none."""
    recipe = make_pipeline(
        CountVectorizer(preprocessor=str, tokenizer=str.split, token_pattern=None),
        TfidfTransformer(norm="l2", use_idf=False),
        OneVsRestClassifier(LogisticRegression(solver="liblinear", l1_ratio=1, max_iter=300, random_state=0)),
    )
    stem = _stemmer()
    search = GridSearchCV(recipe, GRID, cv=5, n_jobs=2)
    search.fit([stem(row) for row in taught], [area_of(row.theme) for row in taught])
    return list(search.predict([stem(row) for row in asked]))


def _stemmer() -> Callable[[Example], str]:
    stemmers = {lang: snowballstemmer.stemmer(name) for lang, name in STEMMED.items()}

    def stem(row: Example) -> str:
        words = re.sub(r"\W+", " ", row.text.lower()).split()
        return " ".join(stemmers[row.lang].stemWords(words) if row.lang in stemmers else words)

    return stem


def _right(asked: Sequence[Example], answers: Answers, lang: str) -> float:
    return float(np.mean([
        area_of(row.theme) == said
        for row, said in zip(asked, answers, strict=True)
        if row.lang == lang and row.theme != UNSURE
    ]))  # fmt: skip


if __name__ == "__main__":
    main()
