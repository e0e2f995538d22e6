"""Work given away comes home to the loop, unless the house it belongs to has been left."""

import asyncio
import threading

from gridclient.operations.runner import ThreadRunner


def test_results_come_home_until_everything_is_settled() -> None:
    loop = asyncio.new_event_loop()
    runner = ThreadRunner(lambda: loop)
    came: list[str] = []
    gate = threading.Event()

    async def story() -> None:
        runner.read(lambda: "read", came.append, lambda error: came.append(str(error)))
        runner.write(lambda: 1 / 0, lambda _: None, lambda error: came.append(type(error).__name__))
        while len(came) < 2:
            await asyncio.sleep(0.01)

        def slow() -> str:
            gate.wait(10)
            return "late"

        runner.write(slow, came.append, lambda error: came.append(str(error)))
        threading.Timer(0.05, gate.set).start()
        runner.settle()
        assert gate.is_set()
        await asyncio.sleep(0.05)

    loop.run_until_complete(story())
    runner.close()
    loop.close()
    assert sorted(came) == ["ZeroDivisionError", "read"]
