"""A line between a laptop and the server on which bytes travel, and are lost, cut and doubled."""

from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn, Protocol, TypeVar

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec
from gridclient.core.wire.messages import (
    Answers,
    Consequence,
    Decision,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    PullOrder,
    RefusedError,
    UnreachableError,
    Waiting,
    Welcome,
)
from sync_server.cli.drill.guard import SERVER, Guard, KilledError
from sync_server.cli.drill.trace import BrokenError
from sync_server.cli.drill.weather import Fate, Weather
from sync_server.service.session import Session
from sync_server.service.words import refusal

T = TypeVar("T")
A = TypeVar("A")


class Other(Protocol):
    """The far end of a line, and who listens in."""

    def session(self, token: str) -> Session:
        """Who is let in by a token. Raises RefusedError."""
        ...

    @property
    def life(self) -> str:
        """Changes whenever another process serves."""
        ...

    def die(self) -> None:
        """The server's power went; it comes up again at once."""
        ...

    def meanwhile(self) -> None:
        """Something else may happen between two frames."""
        ...

    def sent(self, token: str, frame: Frame) -> None:
        """A frame goes to the bearer of a token now."""
        ...


class Line:
    """`SyncApi` over bytes. What the HTTP client and the routes do, without sockets in between."""

    def __init__(self, token: str, other: Other, weather: Weather, guard: Guard) -> None:
        self._token = token
        self._other = other
        self._weather = weather
        self._guard = guard

    def hello(self, hello: Hello) -> Welcome:
        return self._ask(hello, Hello, Welcome, lambda session, said: session.hello(said))

    def push(self, changes: Sequence[Change]) -> Answers:
        def take(session: Session, said: list[msgspec.Raw]) -> Answers:
            return session.push_encoded([bytes(one) for one in said])

        return self._ask(list(changes), list[msgspec.Raw], Answers, take)

    def pull(self, since: int, places: Sequence[Id]) -> Iterator[Frame]:
        return self._stream(
            PullOrder(since, list(places)),
            PullOrder,
            lambda session, said: session.pull_packed(said.since, said.places),
        )

    def fill(self, orders: Sequence[FillOrder]) -> Iterator[Frame]:
        return self._stream(list(orders), list[FillOrder], lambda session, said: session.fill_packed(said))

    def digest(self, places: Sequence[Id]) -> list[PlaceDigest]:
        return self._ask(
            list(places), list[Id], list[PlaceDigest], lambda session, said: session.digest(said)
        )

    def lacking(self, changes: Sequence[Id]) -> list[Id]:
        return self._ask(list(changes), list[Id], list[Id], lambda session, said: session.lacking(said))

    def recover(self, copies: Sequence[Change]) -> Answers:
        return self._ask(list(copies), list[Change], Answers, lambda session, said: session.recover(said))

    def waiting(self) -> list[Waiting]:
        return self._ask(None, object, list[Waiting], lambda session, _: session.waiting())

    def decide(self, decisions: Sequence[Decision]) -> Answers:
        return self._ask(list(decisions), list[Decision], Answers, lambda session, said: session.decide(said))

    def preview(self, changes: Sequence[Change]) -> list[Consequence]:
        return self._ask(
            list(changes), list[Change], list[Consequence], lambda session, said: session.preview(said)
        )

    def carried(self, data: bytes) -> bytes:
        """What of a message comes through besides what the weather does: here all of it."""
        return data

    def _ask(
        self, content: object, kind: type[T], answered: type[A], work: Callable[[Session, T], object]
    ) -> A:
        sent, fate = codec.encode(content), self._weather.fate()
        if fate is Fate.REQUEST_CUT or self.carried(sent) != sent:
            raise UnreachableError("the request was cut")

        def serve() -> bytes:
            return codec.encode(work(self._other.session(self._token), codec.decode(sent, kind)))

        answer = self._served(serve, fate)
        if fate is Fate.TWICE:
            answer = self._served(serve, Fate.FINE)
        answer = self.carried(answer)
        try:
            return codec.decode(self._cut(answer) if fate is Fate.ANSWER_CUT else answer, answered)
        except codec.MalformedError as error:
            raise UnreachableError("the answer was cut") from error

    def _stream(
        self, content: object, kind: type[T], work: Callable[[Session, T], Iterator[bytes]]
    ) -> Iterator[Frame]:
        sent, fate = codec.encode(content), self._weather.fate()
        if fate is Fate.REQUEST_CUT or self.carried(sent) != sent:
            raise UnreachableError("the request was cut")

        def serve() -> Iterator[bytes]:
            return work(self._other.session(self._token), codec.decode(sent, kind))

        frames = self._served(serve, fate)
        if fate is Fate.TWICE:
            frames = self._served(serve, Fate.FINE)
        try:
            yield from codec.read_frames(self._pieces(frames, fate))
        except codec.MalformedError as error:
            raise UnreachableError("the answer is no frame") from error

    def _pieces(self, frames: Iterator[bytes], fate: Fate) -> Iterator[bytes]:
        """The body of a stream, piece by piece, with all that happens meanwhile."""
        life = self._other.life
        while True:
            if self._other.life != life:
                raise UnreachableError("the server died")
            try:
                packed = self._served(lambda: next(frames, b""), Fate.FINE)
            except RefusedError:
                return  # rights lost halfway: the body stays without its end
            body = codec.write_frame(packed) if packed else codec.END
            if fate is Fate.ANSWER_CUT and self._weather.happens(0.5):
                yield self._cut(body)
                raise UnreachableError("the line was cut")
            whole, body = body, self.carried(body)
            if body != whole:
                yield body
                raise UnreachableError("the line was cut")
            if packed:
                self._other.sent(self._token, next(codec.read_frames([body, codec.END])))
            middle = self._weather.chance.randrange(len(body) + 1) if len(body) < 4096 else 4096
            yield body[:middle]
            yield body[middle:]
            if not packed:
                return
            self._other.meanwhile()

    def _cut(self, answer: bytes) -> bytes:
        return answer[: self._weather.chance.randrange(len(answer))]

    def _served(self, work: Callable[[], T], fate: Fate) -> T:
        """What the server does; its death is an answer that never comes, its bugs are violations."""
        try:
            with self._guard.running(SERVER):
                if fate is Fate.SERVER_DIES:
                    self._guard.arm(SERVER, self._weather.chance.randrange(1, 30))
                done = work()
        except KilledError:
            self._died()
        except RefusedError as refused:
            raise RefusedError(refused.code, str(refused), refused.grant) from None
        except codec.MalformedError:
            raise refusal("malformed") from None
        except UnreachableError:
            raise
        except BrokenError:
            raise
        except Exception as error:
            raise BrokenError(f"the server failed: {type(error).__name__}: {error}") from error
        finally:
            if fate is Fate.SERVER_DIES:
                self._guard.disarm()
        if fate is Fate.SERVER_DIES_AFTER:
            self._died()
        return done

    def _died(self) -> NoReturn:
        self._other.die()
        raise UnreachableError("the server died")
