"""Model cards: one TOML file per model, read by guie_desktop.embedding.assets."""
