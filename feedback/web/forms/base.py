"""What every form does: strip, speak Swedish by itself, keep what was typed; staff forms also check the login."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, PasswordField, ValidationError
from wtforms.csrf.core import CSRF, CSRFTokenField

from feedback.domain.cleaning import clean
from feedback.web import access


def cleaned(value: Any) -> Any:
    """Filter for text fields: without control characters and outer blanks."""
    return clean(value) if isinstance(value, str) else value


class PageForm(Form):
    """A form of one page. Messages are our own, so WTForms' translations are not used."""

    class Meta:
        locales = False

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            filters = unbound_field.kwargs.get("filters", [])
            if not issubclass(unbound_field.field_class, CSRFTokenField | PasswordField):
                filters = [cleaned, *filters]
            field: Field = unbound_field.bind(form=form, filters=filters, **options)
            return field

    @classmethod
    def from_request(cls, **kwargs: Any) -> "Any":
        """The form with what was sent, or empty when the page is only opened."""
        return cls(request.form if request.method == "POST" else None, **kwargs)

    def is_sent_and_valid(self) -> bool:
        return request.method == "POST" and self.validate()


class LoginCsrf(CSRF):
    """Ties a form to the login of the person who opened it."""

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        return access.csrf_token()

    def validate_csrf_token(self, form: Form, field: CSRFTokenField) -> None:
        if field.data != field.current_token:
            raise ValidationError(_l("Du har loggat in på nytt sedan sidan öppnades. Tryck en gång till."))


class StaffForm(PageForm):
    class Meta(PageForm.Meta):
        csrf = True
        csrf_class = LoginCsrf
