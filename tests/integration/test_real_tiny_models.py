"""Real language models, as small as they come, through the local paths: what they say is nonsense,
so that only the articles' own sentences may be shown."""

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

HERE = Path(__file__).parent
QUESTION = "What are short-chain fatty acids?"


def load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def knowledge(starter_home, embedder):
    from assistant.knowledge import Knowledge
    from assistant.settings import load_settings

    return Knowledge.open(load_settings(starter_home), embedder)


def ask(knowledge, home, **fields):
    from assistant.assistant import Assistant
    from assistant.generation import open_writer
    from assistant.settings import Settings

    settings = Settings(home=home, chat_max_output_tokens=40, **fields)
    assistant = Assistant(settings, knowledge, open_writer(settings))
    answer = assistant.invoke({"question": QUESTION})
    state = assistant.chat_state
    assert (state["circuit"], state["hosted"]) == ("closed", False)
    assert 0 < answer.tokens <= state["tokens_today"]
    return answer


def make_speaker():
    """What a transformer of one layer and chance weights says to a request."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    from prompts.tokens import load_encoding

    torch.manual_seed(7)
    encoding = load_encoding()
    sizes = {"hidden_size": 32, "intermediate_size": 32, "num_attention_heads": 2}
    config = LlamaConfig(
        vocab_size=encoding.n_vocab, num_hidden_layers=1, pad_token_id=0, eos_token_id=1, **sizes
    )
    model = LlamaForCausalLM(config).eval()

    def speak(request):
        text = "\n".join(message["content"] for message in request["messages"])
        read = torch.tensor([encoding.encode_ordinary(text)])  # (1, t)
        mask = torch.ones_like(read)
        said = model.generate(read, attention_mask=mask, max_new_tokens=40, do_sample=True)
        return encoding.decode(said[0, read.shape[1] :].tolist())

    return speak


def test_a_transformer_behind_a_server_is_read_to_its_end(knowledge, starter_home):
    pytest.importorskip("langchain_openai", reason="pip install 'gutbrain[openai]'")
    server = load("openai_server").ChatServer()
    said = []
    speak = make_speaker()
    server.say(lambda request: said.append(speak(request)) or said[-1])
    try:
        fields = {"chat_model": "openai:tiny", "chat_base_url": server.url}
        answer = ask(knowledge, starter_home, **fields)
    finally:
        server.close()
    assert len(said[0].split()) > 5
    assert {s.text for s in answer.sentences} <= {source.quote for source in answer.sources}


def test_a_gguf_file_is_run_within_the_process(knowledge, starter_home, tmp_path):
    pytest.importorskip("llama_cpp", reason="pip install 'gutbrain[llama-cpp]'")
    pytest.importorskip("gguf", reason="pip install gguf")
    path = tmp_path / "tiny.gguf"
    load("tiny_gguf").write_tiny_gguf(path)
    answer = ask(knowledge, starter_home, chat_model=f"llama_cpp:{path}")
    assert {s.text for s in answer.sentences} <= {source.quote for source in answer.sources}


def test_a_file_that_is_no_model_is_refused_with_one_line(tmp_path):
    from assistant.generation import ChatModelError, open_writer
    from assistant.settings import Settings

    installed = importlib.util.find_spec("llama_cpp") is not None
    path = tmp_path / "letter.gguf"
    for match in ("which is not there", "cannot load"):
        expected = match if installed else r"run pip install 'gutbrain\[llama-cpp\]'"
        with pytest.raises(ChatModelError, match=expected):
            open_writer(Settings(chat_model=f"llama_cpp:{path}"))
        path.write_text("Dear patient, this is no model.")


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory):
    """An embedding model of 32 dimensions and chance weights, with MiniLM's pieces."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    from assistant.answerability.pieces import model_folder

    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("models")
    config = BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "bert")
    AutoTokenizer.from_pretrained(model_folder()).save_pretrained(folder / "bert")
    words = Transformer(str(folder / "bert"), max_seq_length=128)
    SentenceTransformer(modules=[words, Pooling(32)]).save(str(folder / "tiny"))
    return folder / "tiny"


def test_a_library_in_another_embedding_model_tells_questions_apart_as_before(tiny_model, tmp_path):
    from assistant.assistant import Assistant
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings
    from index.build import build_index

    source = tmp_path / "article.md"
    source.write_text("# Kefir\n\nKefir is milk that was fermented with grains.\n")
    settings = Settings(home=tmp_path / "home", embedding_model=str(tiny_model))
    build_index(settings, [str(source)])
    assistant = Assistant(settings, Knowledge.open(settings), None)
    answer = assistant.invoke({"question": "What is kefir?"})
    assert answer.sources[0].quote.startswith("Kefir is milk")
    judged = assistant.invoke({"question": "Do I have coeliac disease?"})
    assert judged.kind == "abstain"
    assert "doctor" in judged.text
