import logging

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_imports_point_one_way_only():
    try:
        assert lint_imports(no_cache=True, no_logo=True) == EXIT_STATUS_SUCCESS
    finally:
        logging.disable(logging.NOTSET)  # it silences all loggers of the process, and leaves them so
