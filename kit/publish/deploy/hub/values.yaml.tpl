# Giá trị Helm cho Zero to JupyterHub (bản mẫu, chưa chạy thử). Helm values for Zero to JupyterHub (on paper, not tried).
# Ảnh hộp chứa: deploy/Containerfile cộng gói jupyterhub cùng phiên bản với biểu đồ. The image: deploy/Containerfile plus jupyterhub.
hub:
  config:
    JupyterHub:
      authenticator_class: generic-oauth
    Authenticator:
      allow_all: false
  concurrentSpawnLimit: 64
  activeServerLimit: 2500
singleuser:
  image:
    name: registry.example/rehearsal-{{ session }}
    tag: "1"
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
    guarantee: 150M
    limit: 400M
  cpu:
    guarantee: 0.02
    limit: 1
  networkPolicy:
    enabled: true
    egressAllowRules:
      nonPrivateIPs: false
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
