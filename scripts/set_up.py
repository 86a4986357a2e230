"""Makes the virtual environment and installs hydesk with its tools: set_up.py VENV_FOLDER

Standard library only and readable by old Pythons too, because it runs before anything is installed.
"""

import os
import subprocess
import sys

APT_COMMAND = "apt-get install -y python3-venv"


def main(folder):
    if sys.version_info < (3, 11):  # noqa: UP036 - this very check is what old Pythons must reach
        return fail("hydesk 需要 Python 3.11 或更新的版本，这里是 {}.{}。".format(*sys.version_info[:2]))
    if not has_venv() and not (may_install() and install_venv() and has_venv()):
        return fail("这个 Python 缺少 venv 组件。请运行：sudo " + APT_COMMAND + " ，然后再来一次。")
    python = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
    if not works(python):
        say("正在建立运行环境 " + folder + " …")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", folder]):
            return fail("运行环境建立不了，请看上面的英文原因。")
    say("正在安装 hydesk 和它用到的组件（第一次约一两分钟）…")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked, own = [*pip, "--require-hashes", "-r", "requirements.lock"], [*pip, "--no-deps", "-e", "."]
    if subprocess.call(locked) or subprocess.call(own):
        return fail("组件没有装全，多半是网络不通或软件源设置不对。请检查后再运行一次。")
    return 0


def has_venv():
    """Debian ships venv without ensurepip, and then no environment can be made."""
    return subprocess.call([sys.executable, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL) == 0


def may_install():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_venv():
    say("缺少 venv 组件，正在安装 …")
    subprocess.call(["apt-get", "update", "-q"], stdout=subprocess.DEVNULL)
    return subprocess.call(APT_COMMAND.split(), stdout=subprocess.DEVNULL) == 0


def works(python):
    try:
        return subprocess.call([python, "-m", "pip", "--version"], stdout=subprocess.DEVNULL) == 0
    except OSError:
        return False


def say(text):
    print(text, flush=True)


def fail(text):
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ".venv"))
