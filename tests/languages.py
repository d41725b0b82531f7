"""The languages we offer, and where their pages begin."""

CODES = ("sv", "lattlast", "fi", "en", "ar", "so", "uk", "fa", "pl")
LANGUAGES = {code: "" if code == "sv" else f"/{code}" for code in CODES}
RIGHT_TO_LEFT = {"ar", "fa"}
