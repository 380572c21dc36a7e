"""One file a command: what it does, in its order. None imports another, but daily, group and demo may call them."""
