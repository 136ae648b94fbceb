"""JupyterHub cho đợt {{ session }}, {{ province.name }}. JupyterHub for session {{ session }}.

jupyterhub -f hub/jupyterhub_config.py

KIT_STORE: postgresql+psycopg://... (kho chung / the shared store); trống: SQLite trong KIT_STATE, chỉ cho một máy / one machine only.
KIT_STATE: nơi ghi / where it writes. KIT_HUB_AUTHENTICATOR: ví dụ / e.g. ldapauthenticator.LDAPAuthenticator, generic-oauth.
Chưa đặt thì không ai vào được. Until it is set nobody gets in.
"""

import json
import os
import shutil
import sys
from pathlib import Path

BUNDLE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BUNDLE))
sys.dont_write_bytecode = True

from kit.errors import KitError  # noqa: E402
from kit.publish import content, starting  # noqa: E402

PROXY = (os.environ.get("KIT_HUB_PROXY", "").strip() or "configurable-http-proxy").split()
if not shutil.which(PROXY[0]):
    raise SystemExit(f"Không thấy chương trình {PROXY[0]}; hãy cài: npm install -g configurable-http-proxy, hoặc đặt KIT_HUB_PROXY.\n"
                     f"There is no program {PROXY[0]}; install it: npm install -g configurable-http-proxy, or set KIT_HUB_PROXY.")

c = get_config()  # noqa: F821 - JupyterHub gives it
STATE = starting.state_of(BUNDLE, None)
try:
    around = starting.prepared(BUNDLE, STATE)
except KitError as error:
    raise SystemExit(f"{error.vi}\n{error.en}") from None

# Học viên đăng nhập bằng mã trong danh sách. Trainees log in with their code of the roster.
people = json.loads((BUNDLE / content.PEOPLE).read_text(encoding="utf-8"))
c.Authenticator.allowed_users = {person["code"].lower() for person in people}
c.JupyterHub.authenticator_class = os.environ.get("KIT_HUB_AUTHENTICATOR", "null")

# Mỗi người một máy chủ Voila đã gia cố; người dùng không chạy được mã nào. Each user gets the hardened standalone Voila.
c.JupyterHub.spawner_class = os.environ.get("KIT_HUB_SPAWNER", "simple")
c.Spawner.cmd = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "kit.publish.hub_user"]
c.Spawner.args = []
c.Spawner.environment = around
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL", "TZ"]
c.Spawner.default_url = "/"
c.Spawner.notebook_dir = ""
# Máy chủ của mỗi người mất vài giây bộ xử lý để khởi động; cả lớp tới cùng lúc thì phải đợi nhau.
# Each server takes seconds of a processor to start; when a class comes at once they wait for each other.
c.Spawner.http_timeout = 180
c.Spawner.start_timeout = 180

c.JupyterHub.bind_url = os.environ.get("KIT_HUB_ADDRESS", "http://127.0.0.1:8000/")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "hub_cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.ConfigurableHTTPProxy.command = PROXY
# Quá số này, người đến sau thấy trang lỗi 429 và phải tự thử lại. Beyond this, whoever comes sees an error and must retry.
c.JupyterHub.concurrent_spawn_limit = 100
c.JupyterHub.active_server_limit = 2500
c.JupyterHub.redirect_to_server = True
c.JupyterHub.load_roles = [{"name": "user", "scopes": ["self"]}]
