"""The words of the staff desk, a TOML file per language; `prompts.texts.load_texts` reads them."""
