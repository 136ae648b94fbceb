"""JupyterHub cho đợt {{ session }}, {{ province.name }}. JupyterHub for session {{ session }}.

jupyterhub -f hub/jupyterhub_config.py

KIT_STORE: postgresql+psycopg://... (kho chung / the shared store); trống: SQLite trong KIT_STATE, chỉ cho một máy / one machine only.
KIT_STATE: nơi ghi / where it writes. KIT_HUB_AUTHENTICATOR: ví dụ / e.g. ldapauthenticator.LDAPAuthenticator, generic-oauth.
Chưa đặt thì không ai vào được. Until it is set nobody gets in.
"""

import json
import os
import sys
from pathlib import Path

BUNDLE = Path(__file__).resolve().parents[1] if "__file__" in globals() else Path.cwd()
sys.path.insert(0, str(BUNDLE))

from kit.publish import content, manifest, starting  # noqa: E402

c = get_config()  # noqa: F821 - JupyterHub gives it
STATE = starting.state_of(BUNDLE, None)
STATE.mkdir(parents=True, exist_ok=True, mode=0o700)
(STATE / "runtime").mkdir(exist_ok=True, mode=0o700)
changed = list(manifest.differences(BUNDLE))
if changed:
    raise SystemExit("\n".join(en for _, en in changed))
around = starting.environment(os.environ, BUNDLE, STATE)
content.fill(starting.store_of(around), BUNDLE)

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
c.Spawner.http_timeout = 60
c.Spawner.start_timeout = 60

c.JupyterHub.bind_url = os.environ.get("KIT_HUB_ADDRESS", "http://127.0.0.1:8000/")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "hub_cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.ConfigurableHTTPProxy.command = os.environ.get("KIT_HUB_PROXY", "configurable-http-proxy").split()
# Vào một chỗ cho cả lớp: giới hạn số người đang khởi động cùng lúc. A class that comes at once starts in waves.
c.JupyterHub.concurrent_spawn_limit = 20
c.JupyterHub.active_server_limit = 2500
c.JupyterHub.redirect_to_server = True
c.JupyterHub.load_roles = [{"name": "user", "scopes": ["self"]}]
