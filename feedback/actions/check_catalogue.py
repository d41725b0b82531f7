"""Read the whole catalogue before anybody needs it: a mistake in a file stops the start, not a report."""

from feedback.domain import belonging, lexicon, masking, model, owners, promise_texts, screening, themes


def check_catalogue() -> None:
    """Raises CatalogueError, with file, line and reason, for the first file that is wrong."""
    themes.agreements()
    for theme in themes.themes():
        for municipality in owners.municipalities():
            owners.owners_of(theme, municipality)
    promise_texts.promise_texts()
    belonging.kin("")
    lexicon.lexicons()
    model.model()
    masking.mask("")
    screening.screen("")
