"""The desk's library on the real index: the audit, the sources, a sync, an article, an undo."""

import shutil
from types import SimpleNamespace

import pytest

from assistant.api import AssistantProvider, WebSettings
from assistant.assistant import Assistant
from assistant.knowledge import Knowledge
from assistant.ui.desk.dispatch import handle_event
from assistant.ui.desk.events import Desk
from assistant.ui.phones import open_phone_book

pytestmark = pytest.mark.integration
PLAN = '[[source]]\naddress = "leaflets"\nname = "Leaflets"\n'
LEAFLET = "# Parking\n\nBy Jane Doe\n\nThere are forty parking spaces. They help 73% of guests.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory, starter_home):
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(starter_home, home)
    return home


@pytest.fixture(scope="module")
def member(home, embedder):
    """An editor at the desk; `ask` gives the last view, `all` every one."""
    settings = WebSettings(home=home)
    knowledge = Knowledge.open(settings, embedder)
    provider = AssistantProvider(settings, lambda _: Assistant(settings, knowledge))
    provider.start()
    provider.settle()
    desk = Desk(provider, open_phone_book(settings))
    desk.records.accounts.add("anna", "editor", "correct horse battery")
    cookie = f"gutbrain-staff={desk.records.sessions.begin('anna')}"

    def ask_all(action, language="en", **values):
        request = {"action": action, "values": values, "language": language, "number": "1"}
        return [reply["html"] for reply in handle_event(desk, request, {"cookie": cookie})]

    yield SimpleNamespace(
        all=ask_all, ask=lambda *action, **values: ask_all(*action, **values)[-1], desk=desk
    )
    provider.records.close()


@pytest.fixture
def article(member):
    entries = member.desk.knowledge.library.entries.values()
    return next(entry.article for entry in entries if "Magnesium" in entry.article.title)


def test_the_list_can_be_narrowed(member, article):
    assert member.ask("library.show").count('<li class="card">') == 25
    assert member.ask("library.show", words="magnesium HARBOUR").count('<li class="card">') == 1
    flagged = member.ask("library.show", kind="flags")
    assert 0 < flagged.count('<li class="card">') < 25
    assert "No article is like that." in member.ask("library.show", words="zebra")
    member.ask("library.practical", article=article.id, practical="yes")
    assert member.ask("library.show", kind="practical").count('<li class="card">') == 1
    member.ask("library.practical", article=article.id, practical="no")


def test_an_article_is_shown_as_the_assistant_sees_it(member, article):
    html = member.ask("library.preview", "da", article=article.id)
    for words in ("Listepunkt", "Tabelrække", "Tekst", "Afsnit 1", "[1]"):
        assert words in html
    tried = member.ask("library.try", article=article.id, question="How does magnesium help?")
    assert "The answer cites this article." in tried
    other = member.ask("library.try", "sv", article=article.id, question="What is butyrate?")
    assert "The answer cites this article." not in other
    assert "0,1" in other, "a Swedish number"


def test_the_audit_tells_what_is_wrong_where(member):
    html = member.ask("audit.show")
    assert "0 errors" in html
    check, rest = html.split("<option value=")[2].split(">")[:2]
    title = rest.split(" (")[0]
    alone = member.ask("audit.show", check=check.strip('"'))
    assert 0 < alone.count(f"{title}.</strong>") == alone.count("</strong>")
    with_findings = member.ask("library.show", kind="findings")
    assert "Findings: " in with_findings


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ("[[source]\n", "write it as TOML"),
        ("[[source]]\nadress = 'leaflets'\n", "adress"),
        ("[[source]]\naddress = '/etc'\n", "cannot be named here"),
        ("[[source]]\naddress = '../other'\n", "cannot be named here"),
        ("[[source]]\naddress = '.'\n", "cannot be named here"),
        ("[[source]]\naddress = '.env'\n", "cannot be named here"),
        ("[[source]]\naddress = 'records.sqlite'\n", "cannot be named here"),
    ],
    ids=["no TOML", "unknown key", "another folder", "above", "the home", "hidden", "records"],
)
def test_sources_that_cannot_be_are_refused_and_stay_in_the_form(member, home, plan, reason):
    html = member.ask("sources.save", plan=plan, seen=seen(member))
    assert reason in html
    assert plan.splitlines()[-1].replace("'", "&#39;") in html
    assert not (home / "library.toml").exists()


def test_sources_are_saved_synced_and_undone(member, home):
    (home / "leaflets").mkdir()
    (home / "leaflets" / "parking.md").write_text(LEAFLET)
    before = seen(member)
    assert "Saved." in member.ask("sources.save", plan=PLAN, seen=before)
    assert (home / "library.toml").read_text() == PLAN
    assert "Somebody else" in member.ask("sources.save", plan=PLAN, seen=before)

    *steps, synced = member.all("sources.sync")
    assert any("<progress" in step for step in steps)
    assert "The library is as its sources are." in synced
    assert "1 added, 0 updated, 25 removed" in synced
    assert "Parking" in member.ask("library.show")
    assert member.ask("library.show").count('<li class="card">') == 1

    assert "before its last change" in member.ask("library.undo")
    assert member.ask("library.show").count('<li class="card">') == 25
    done = {action.action for action in member.desk.records.actions.all()}
    assert {"sources_save", "library_sync", "library_undo"} <= done


def seen(member):
    return member.ask("sources.show").split('name="seen" value="')[1].split('"')[0]
