"""`python -m assistant`."""

from assistant.cli import run

if __name__ == "__main__":
    run()
