# Giá trị Helm cho Zero to JupyterHub (bản mẫu, chưa chạy thử). Helm values for Zero to JupyterHub (on paper, not tried).
# Ảnh hộp chứa: deploy/Containerfile; biểu đồ phải có JupyterHub cùng phiên bản với requirements.txt.
# The image: deploy/Containerfile; the chart must bring the JupyterHub that requirements.txt names.
# Trước hết đưa kịch bản vào kho, một lần, trong hộp chứa. First put the scripts into the store, once, in the container:
#   python -c "from pathlib import Path; from kit.publish.starting import prepared; prepared(Path(), Path('/var/lib/rehearsal'))"
hub:
  config:
    JupyterHub:
      authenticator_class: generic-oauth
    Authenticator:
      allow_all: false
      allowed_users: {{ codes | tojson }}
  concurrentSpawnLimit: 64
  activeServerLimit: 2500
singleuser:
  image:
    name: registry.example/rehearsal-{{ session }}
    tag: "1"
  uid: 10001
  fsGid: 10001
  cmd: ["python", "-m", "kit.publish.hub_user"]
  extraEnv:
    KIT_HOME: /usr/local/share/rehearsal/bundle
    KIT_STATE: /var/lib/rehearsal
    KIT_SESSION: {{ session }}
    PYTHONPATH: /usr/local/share/rehearsal/bundle
    PYTHONDONTWRITEBYTECODE: "1"
    KIT_STORE:
      valueFrom:
        secretKeyRef:
          name: rehearsal-store
          key: address
  storage:
    type: none
  memory:
    guarantee: 240M
    limit: 400M
  cpu:
    guarantee: 0.02
    limit: 1
  networkPolicy:
    enabled: true
    egressAllowRules:
      nonPrivateIPs: false
    egress: # PostgreSQL
      - ports:
          - {port: 5432, protocol: TCP}
scheduling:
  userPlaceholder:
    enabled: true
    replicas: 20
cull:
  enabled: true
  timeout: 1800
  every: 120
proxy:
  https:
    enabled: true
prePuller:
  continuous:
    enabled: true
