"""A server in PostgreSQL, backups and upgrades by commands, as processes."""

import shutil
from pathlib import Path

from gridclient.core.wire import versions
from gridclient.core.wire.messages import Hello
from gridclient.sync.enrolment import redeem
from gridclient.sync.http import HttpSyncApi
from tests.server.postgres import Databases
from tests.server.test_commands import Server
from tests.server.test_keeping import OLD
from tests.server.test_store import KEY


def test_a_server_moves_between_engines_by_its_backup(tmp_path: Path, postgres: Databases) -> None:
    first, second = Server(tmp_path / "first"), Server(tmp_path / "second")
    backup = tmp_path / "backup"
    device = b"d" * 16
    with postgres.fresh() as url:
        making = ("init", "--community", "新华社区", "--recovery-key", str(first.recovery))
        tmp_path.joinpath("first").mkdir()
        first.answer("--database", url, *making)
        assert "已经有服务器" in second.error("--database", url, *making)
        assert not second.data.exists()
        first.answer("worker", "add", "安书记", "--role", "supervisor")
        code = first.run("enrol", "安书记").stdout.split()[-1]
        with first.serving() as address:
            enrolled, ca = redeem(address, code, device, b"k" * 32, "前台")
            line = HttpSyncApi(address, enrolled.token, ca)
            hello = Hello(versions.OLDEST, versions.NEWEST, device, None, b"", 0, 0, b"")
            welcome = line.hello(hello)
            line.close()
            assert first.answer("backup", str(backup))["seq"] == welcome.checkpoint.seq + 1
        assert "没有覆盖" in first.error("backup", str(backup))
        status = first.answer("status")
    assert "连不上数据库" in first.error("status")
    assert "不是恢复钥匙" in second.error("restore", str(backup), "--key", str(backup))
    restored = second.answer("restore", str(backup), "--key", str(first.recovery))
    assert isinstance(restored["devices"], list)
    assert [one["name"] for one in restored["devices"]] == ["安书记"]
    # What was noted of the restoring itself is one more.
    counts = {key: status[key] for key in ("seq", "records", "changes")}
    more = {key: int(str(count)) + 1 for key, count in counts.items()}
    assert second.answer("status") == {**status, **more}
    assert "已经有服务器" in second.error("restore", str(backup), "--key", str(first.recovery))
    with second.serving() as address:
        line = HttpSyncApi(address, enrolled.token, ca)
        again = Hello(versions.OLDEST, versions.NEWEST, device, welcome.checkpoint, welcome.nonce, 0, 0, b"")
        assert not line.hello(again).known
        line.close()


def test_an_old_servers_data_is_refused_until_it_is_upgraded(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.data.mkdir()
    shutil.copy(OLD, server.data / "server.db")
    (server.data / "server.key").write_bytes(KEY)
    for command in ("status", "serve", "backup"):
        more = (str(tmp_path / "backup"),) if command == "backup" else ()
        assert "upgrade" in server.error(command, *more)
    assert server.answer("upgrade") == {"community": "新华社区", "seq": 11}
    assert server.answer("upgrade") == {"community": "新华社区", "seq": 11}
    assert server.answer("status")["records"] == 11


def test_an_address_of_no_database_is_said(tmp_path: Path) -> None:
    server = Server(tmp_path)
    for wrong in ("mysql://a@b/c", "postgresql", "sqlite:///x"):
        said = server.error("--database", wrong, "init", "--community", "x", "--recovery-key", "y")
        assert "地址写得不对" in said
