"""Every sentence the scripts say to a person."""

from __future__ import annotations

import sys
from typing import NoReturn

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "old_python": "需要 Python {oldest} 或更新的版本，这里是 {found}。",
        "installing": "正在安装系统缺少的软件包：{packages}",
        "missing": "系统还缺少软件包。请先运行这一条命令，再试一次：\n    {command}",
        "missing_elsewhere": "系统还缺少这些（括号里是 Debian 的包名），请先装上：\n    {things}",
        "apt_failed": "系统软件包没有装上，上面是原因。",
        "creating": "正在建立运行环境（只在第一次，约一分钟）：{folder}",
        "joining": "正在把程序装进运行环境",
        "pip_failed": "运行环境没有建成，上面是原因。网络通吗？",
        "building_demo": "正在建立示例社区（只在第一次）：{folder}",
        "filling_server": "正在把一年的走访写进示例服务，约半分钟",
        "server_filled": "写好了：{households} 户，{visits} 次走访",
        "joining_laptop": "正在建{person}的台账，和社区同步",
        "laptop_joined": "{person}的台账有 {records} 条记录，{places} 处逐处对过，一样",
        "demo_failed": "示例社区没有建成，这一步没有成功：{step}",
        "port_taken": "端口 {port} 被别的程序占用了。请关掉那个程序，或者删掉 {folder} 再试一次。",
        "server_failed": "示例服务没有启动起来，原因在 {log}。",
        "other_laptop": "网格员{person}的电脑，可以在另一个终端打开：\n    {command}",
        "opening": "正在打开{person}（书记）的台账。口令：{passphrase}",
        "no_display": "这台电脑没有显示屏，改为自动走一遍主要工作，把画面存下来。",
        "touring": "正在走一遍主要工作，画面和联络卡会存到：{folder}",
        "tour_done": "走完了，都在这里：{folder}",
        "tour_failed": "没有走完（返回码 {code}）。已有的画面在：{folder}",
        "no_screen": "没能启动虚拟显示屏（Xvfb）：{reason}",
    },
    "en": {
        "old_python": "Python {oldest} or newer is needed; this is {found}.",
        "installing": "Installing what the system lacks: {packages}",
        "missing": "The system lacks packages. Run this command, then try again:\n    {command}",
        "missing_elsewhere": "The system lacks these (Debian's package names in brackets). "
        "Install them first:\n    {things}",
        "apt_failed": "The system's packages could not be installed; the reason stands above.",
        "creating": "Making the environment (the first time only, about a minute): {folder}",
        "joining": "Joining the program to the environment",
        "pip_failed": "The environment could not be made; the reason stands above. Is there a network?",
        "building_demo": "Building the demonstration community (the first time only): {folder}",
        "filling_server": "Writing a year of visits to the demonstration's server, about half a minute",
        "server_filled": "Written: {households} households, {visits} visits",
        "joining_laptop": "Making the ledger of {person} and syncing it with the community",
        "laptop_joined": "The ledger of {person} holds {records} records; {places} places agree",
        "demo_failed": "The demonstration community could not be built; this step failed: {step}",
        "port_taken": "Another program uses port {port} of the demonstration's server. "
        "Close it, or delete {folder} and try again.",
        "server_failed": "The demonstration's server did not start; the reason is in {log}.",
        "other_laptop": "For another terminal: the laptop of worker {person}:\n    {command}",
        "opening": "Opening the ledger of supervisor {person}. Passphrase: {passphrase}",
        "no_display": "This computer has no display: walking through the main job instead, keeping pictures.",
        "touring": "Walking through the main job; pictures and cards go to {folder}",
        "tour_done": "All steps are done; everything is in {folder}",
        "tour_failed": "Not all steps were done (exit status {code}). What there is lies in {folder}",
        "no_screen": "No virtual display (Xvfb) could be started: {reason}",
    },
}


class Voice:
    """Says what goes on, in the language of the person at the terminal."""

    def __init__(self, language: str) -> None:
        self._words = WORDS[language]
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure:  # a Windows console may lack the characters; a "?" is better than a crash
                reconfigure(errors="replace")

    def say(self, sentence: str, **values: object) -> None:
        print(self._words[sentence].format(**values), flush=True)

    def stop(self, sentence: str, **values: object) -> NoReturn:
        """Say why it cannot go on, and end the program with a failure."""
        print(self._words[sentence].format(**values), file=sys.stderr, flush=True)
        sys.exit(1)
