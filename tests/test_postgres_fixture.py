import pytest
import sqlalchemy as sa

pytestmark = pytest.mark.postgres


def test_the_server_answers(postgres_url):
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select 1")) == 1
    engine.dispose()


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_finds_its_database_empty(postgres_url, time):
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == []
        connection.execute(sa.text("create table left_behind (id int)"))
    engine.dispose()
