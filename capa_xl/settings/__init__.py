"""capa_xl.toml and the environment → frozen values. An unknown key is an error with the nearest known one."""
