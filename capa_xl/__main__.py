"""`python -m capa_xl`: the same entry point as the console script."""

from capa_xl.cli.main import main

if __name__ == "__main__":
    main()
