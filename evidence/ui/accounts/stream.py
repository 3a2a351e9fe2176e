"""What an open page sends by its websocket after its session ended: nothing of it is done.

Components of ours keep what was done by callbacks, and parts of pages run by themselves; both are
run before, or without, the frame that asks who is here. So the gate asks at every message.
"""

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg

from evidence.ui.accounts.gate import Gate


def hearing(gate: Gate, scope: Scope, receive: Receive) -> Receive:
    """Lets a page whose session ended do no more than being drawn anew, as “You are signed out”."""

    async def hear() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        if not await run_in_threadpool(gate.is_over, scope):
            return message
        return {"type": "websocket.receive", "bytes": DRAWN_ANEW}

    return hear


def _drawn_anew() -> bytes:
    """The message that runs the whole page without anything that was done on it."""
    made = BackMsg()
    made.rerun_script.SetInParent()
    written: bytes = made.SerializeToString()
    return written


DRAWN_ANEW = _drawn_anew()
