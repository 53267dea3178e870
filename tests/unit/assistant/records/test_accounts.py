import pytest

from assistant.records import BadRecord, Records
from assistant.records.accounts import FREE_FAILURES
from assistant.records.moments import moment_now
from assistant.records.sessions import hash_token
from assistant.records.tables import ACCOUNTS, SESSIONS
from assistant.settings import Settings

PASSWORD = "correct horse battery"


@pytest.fixture
def admin(records):
    records.accounts.add("Anna", "admin", PASSWORD)
    return records.accounts.all()[0]


def test_a_password_is_checked_and_stored_only_as_argon2(records, admin):
    assert admin.password_hash.startswith("$argon2id$")
    assert records.accounts.check_password("ANNA", PASSWORD).role == "admin"
    assert records.accounts.check_password("anna", PASSWORD + "!") is None
    assert records.accounts.check_password("nobody", PASSWORD) is None


def test_repeated_failures_lock_an_account_for_a_while(records, admin):
    for _ in range(FREE_FAILURES):
        assert records.accounts.check_password("anna", "wrong") is None
    assert records.accounts.all()[0].locked_until > moment_now(minutes=14)
    assert records.accounts.check_password("anna", PASSWORD) is None
    with records._database.transaction() as connection:
        connection.execute(ACCOUNTS.update().values(locked_until=moment_now(seconds=-1)))
    assert records.accounts.check_password("anna", PASSWORD).name == "anna"
    assert records.accounts.all()[0].failures == 0


@pytest.mark.parametrize(
    ("name", "role", "password", "reason"),
    [
        pytest.param("a b", "staff", PASSWORD, "cannot be called", id="name"),
        pytest.param("bo", "owner", PASSWORD, "allowed are staff, editor, admin", id="role"),
        pytest.param("bo", "staff", "short", "allowed are 12 to 200", id="password"),
        pytest.param("ANNA", "staff", PASSWORD, "anna already", id="taken"),
    ],
)
def test_an_account_that_is_not_allowed_is_refused(records, admin, name, role, password, reason):
    with pytest.raises(BadRecord, match=reason):
        records.accounts.add(name, role, password)


def test_the_last_admin_stays_one(records, admin):
    with pytest.raises(BadRecord, match="last admin"):
        records.accounts.remove("anna")
    with pytest.raises(BadRecord, match="last admin"):
        records.accounts.change("anna", role="staff")
    records.accounts.add("bo", "admin", PASSWORD)
    records.accounts.remove("anna")
    assert [account.name for account in records.accounts.all()] == ["bo"]


def test_a_session_holds_until_it_ends(records, admin):
    token = records.sessions.begin("anna")
    session, account = records.sessions.find(token)
    assert (session.account, account.role) == ("anna", "admin")
    assert records.sessions.find(token + "x") is None
    assert records.sessions.find("") is None
    records.sessions.end(token)
    assert records.sessions.find(token) is None


@pytest.mark.parametrize(
    ("column", "moment"),
    [("created", {"hours": -13}), ("seen", {"minutes": -61})],
    ids=["too old", "idle too long"],
)
def test_a_session_expires(records, admin, column, moment):
    token = records.sessions.begin("anna")
    with records._database.transaction() as connection:
        connection.execute(SESSIONS.update().values(**{column: moment_now(**moment)}))
    assert records.sessions.find(token) is None
    assert records.sessions.expire() == 1


def test_use_keeps_a_session_alive(records, admin):
    token = records.sessions.begin("anna")
    with records._database.transaction() as connection:
        connection.execute(SESSIONS.update().values(seen=moment_now(minutes=-50)))
    assert records.sessions.find(token)[0].seen < moment_now(minutes=-49)
    assert records.sessions.find(token)[0].seen > moment_now(minutes=-1)


@pytest.mark.parametrize("change", [{"role": "admin"}, {"password": PASSWORD * 2}], ids=str)
def test_a_change_ends_the_logins(records, admin, change):
    token = records.sessions.begin("anna")
    records.accounts.change("anna", **change)
    assert records.sessions.find(token) is None


def test_a_token_is_stored_as_its_hash_alone(tmp_path):
    records = Records(Settings(home=tmp_path))
    records.accounts.add("anna", "staff", PASSWORD)
    token = records.sessions.begin("anna")
    content = (tmp_path / "records.sqlite").read_bytes()
    assert token.encode() not in content
    assert hash_token(token).encode() in content
    assert PASSWORD.encode() not in content
    records.close()
