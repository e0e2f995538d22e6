"""Everything the server says to a person, in one place."""

from gridclient.core.wire.messages import RefusedError

REFUSALS = {
    "revoked": "这台电脑已被停用，不能再同步。找书记重新登记。",
    "left": "名单上写着你已离岗：不再往这台电脑送新的，没送出去的先留给书记定。"
    "这台电脑上的都没有动。弄错了就请书记恢复。",
    "unknown_device": "服务器不认识这台电脑。找书记要一个领取码，重新登记。",
    "version": "这台电脑上的程序和服务器的版本对不上，请更新程序。没送出去的内容都还在。",
    "code_wrong": "领取码不对。看看有没有看错，或者找书记再发一个。",
    "code_used": "领取码已经用过或过期了。找书记再发一个。",
    "code_locked": "领取码试错太多次，已经作废。找书记再发一个。",
    "too_large": "一次送的内容太多，请分批再送。",
    "too_many": "请求太频繁，过一会儿再试。",
    "malformed": "服务器看不懂送来的内容，请更新程序再试。",
    "busy": "服务器正忙，过一会儿再试。",
    "clone": "这台电脑的台账像是复制来的或从旧备份恢复的。没送出去的内容还能上交；要继续用，找书记重新登记。",
    "scope": "要的内容有不归你管的楼，请重新同步。",
}

HELD = {
    "scope": "这条不在你负责的楼里，先留在服务器上，等书记定。",
    "role": "你的身份不能改这一项，先留在服务器上，等书记定。",
    "reason": "改别人写的这一条要说明原因，先留在服务器上，等书记定。",
    "revoked": "这台电脑已停用，这条先留在服务器上，等书记定。",
    "left": "写这条的人在名单上已经离岗，先留在服务器上，等书记定。",
    "clone": "这台电脑要重新登记，这条先留在服务器上，等书记定。",
    "erased": "这条说的内容已经按规定清除，先留在服务器上，等书记定。",
    "recovered": "这条是从别的电脑上补回来的，先留在服务器上，等书记定。",
}

# Why something waits, for a list.
WHY_HELD = {
    "scope": "不是他负责的楼",
    "role": "身份不能改这一项",
    "reason": "没写改的原因",
    "revoked": "电脑已停用",
    "left": "写的人已离岗",
    "clone": "电脑要重新登记",
    "erased": "内容已清除",
    "recovered": "从别的电脑补回来的",
}

RECOVERED_ELSEWHERE = "这条是从别的电脑上补回来的，不在交来的人负责的楼里，等书记定。"
RECOVERED_MEANWHILE = "写的人已经把原来那条送来了，不用再补。"
ERASED_MEANWHILE = "这条说的内容已经按规定清除，这条也一起清除了。"

QUARANTINED = {
    "author": "这条署的不是这台电脑主人的名字，没有收下，原样留着。",
    "device": "这条不是在这台电脑上写的，没有收下，原样留着。",
    "id_taken": "这条的编号已经有别的内容用了，没有收下，原样留着。",
    "place": "这条说的归属地和原来的不一样，没有收下，原样留着。",
    "kind": "这条说的种类和原来的不一样，没有收下，原样留着。",
    "malformed": "这条写得不完整，没有收下，原样留着。",
    "erased": "这条说的内容已经按规定清除，没有收下，也没有留底。",
}


VERDICTS = {"accepted": "收下", "declined": "不收", "quarantined": "收不下"}
UNKNOWN = "没有这一条等着定的改动，可能已经换了内容。再看一遍再定。"


def refusal(code: str) -> RefusedError:
    """A refusal with its words."""
    return RefusedError(code, REFUSALS[code])
