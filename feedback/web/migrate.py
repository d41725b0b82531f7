"""Run the migrations from inside the application, on the connection it already has."""

from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from feedback import paths


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(session: Session) -> None:
    """Bring the tables of the session's database to the newest revision."""
    config = alembic_config()
    config.attributes["connection"] = session.connection()
    command.upgrade(config, "head")
