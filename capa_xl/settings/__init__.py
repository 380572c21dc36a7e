"""capa_xl.toml and the environment → frozen values."""
