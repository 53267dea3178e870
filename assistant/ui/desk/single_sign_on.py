"""Logging in by the clinic's own identity provider (OpenID Connect Core 1.0, code flow with PKCE).

The provider says who somebody is; what they may do stands in the account of that name here. Whoever
has no account does not get in.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Self

from index.errors import SettingsError

if TYPE_CHECKING:
    from assistant.api.settings import WebSettings

SCOPE: Final = "openid profile email"
TIMEOUT_SECONDS: Final = 10
SEPARATOR: Final = "."
INSTALL: Final = "pip install 'authlib>=1.9,<2'"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pending:
    """A login that was begun: what the browser keeps until it comes back."""

    state: str
    nonce: str
    code_verifier: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `serialize` gave, or None for anything else."""
        parts = text.split(SEPARATOR)
        return cls(*parts) if len(parts) == 3 and all(parts) else None

    def serialize(self) -> str:
        """As the text of a cookie."""
        return SEPARATOR.join((self.state, self.nonce, self.code_verifier))


class SingleSignOn:
    """One provider; its addresses and keys are asked for when somebody first logs in."""

    def __init__(self, settings: WebSettings) -> None:
        """Takes provider and names from settings that name an issuer.

        Raises:
            SettingsError: if the settings do not fit together or a library is missing.
        """
        if not settings.oidc_client_id:
            raise SettingsError(
                "GUTBRAIN_OIDC_ISSUER is set and GUTBRAIN_OIDC_CLIENT_ID is not: set both."
            )
        if find_spec("authlib") is None:
            raise SettingsError(f"GUTBRAIN_OIDC_ISSUER needs a library: {INSTALL}")
        self._issuer = str(settings.oidc_issuer).rstrip("/")
        self._claim = settings.oidc_claim
        self._client = _make_client(settings, self._issuer)

    def begin(self, address: str) -> tuple[str, Pending] | None:
        """Where the browser goes, and what it keeps; None where the provider does not answer.

        Args:
            address: where the provider sends the browser back to.
        """
        try:
            begun = self._client.create_authorization_url(address)
        except Exception as error:  # noqa: BLE001 - of several libraries; told by its type
            logger.warning("The identity provider cannot be asked (%s).", type(error).__name__)
            return None
        return begun["url"], Pending(begun["state"], begun["nonce"], begun["code_verifier"])

    def finish(self, address: str, state: str, code: str, pending: Pending | None) -> str | None:
        """The name that the provider gives to whoever came back; None where it gives none.

        The identity token must be signed by the provider, made for this program, and made for the
        login that this browser began.
        """
        if pending is None or not code or state != pending.state:
            return None
        try:
            token = self._client.fetch_access_token(
                redirect_uri=address, code=code, state=state, code_verifier=pending.code_verifier
            )
            claims = self._client.parse_id_token(token, pending.nonce) or {}
        except Exception as error:  # noqa: BLE001 - of several libraries; told by its type
            logger.warning("A login by the identity provider failed (%s).", type(error).__name__)
            return None
        if self._claim == "email" and claims.get("email_verified") is False:
            return None
        name = claims.get(self._claim)
        return name.casefold() if isinstance(name, str) and name else None


def _make_client(settings: WebSettings, issuer: str) -> Any:
    """Authlib's client without a web framework's sessions around it."""
    from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
    from authlib.integrations.httpx_client import OAuth2Client

    make = type("Client", (OAuth2Mixin, OpenIDMixin, BaseApp), {"client_cls": OAuth2Client})
    return make(
        None,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": SCOPE,
            "code_challenge_method": "S256",
            "timeout": TIMEOUT_SECONDS,
        },
    )
