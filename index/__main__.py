"""`python -m index`."""

from index.cli import run

if __name__ == "__main__":
    run()
