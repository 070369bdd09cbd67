"""Messages in Jinja templates: `{{ _("Accept") }}`, `{% trans %}`, `{{ label|translated }}`, `{{ total|number }}`."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment
from markupsafe import Markup, escape

from pipeline.translation import current_language, gettext, ngettext, write_number

EXTENSION = "jinja2.ext.i18n"


def mark_messages(environment: Environment, finalize: Callable[[object], object] = str) -> None:
    """Give templates the language that is in use when a page is made.

    A marked message is markup, for it stands in our code; the values put into it are escaped, and go through `finalize`
    before, as every other value of the template does. What is only known when the page is made (the filter `translated`)
    is text as any other.
    """

    def safe(values: dict[str, object]) -> dict[str, object]:
        return {name: escape(finalize(value)) for name, value in values.items()}

    def translate(message: str, /, **values: object) -> Markup:
        return Markup(gettext(message)) % safe(values)

    def translate_count(one: str, many: str, count: int, /, **values: object) -> Markup:
        given = safe({name: value for name, value in values.items() if name not in ("count", "num")})
        return Markup(ngettext(one, many, count, **given))

    environment.add_extension(EXTENSION)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {
        "_": translate,
        "gettext": translate,
        "ngettext": translate_count,
        "current_language": current_language,
    }
    environment.filters |= {"translated": gettext, "number": write_number}
