# Bàn làm việc của đợt {{ session }}, {{ province.name }}. The desk of session {{ session }}.
# systemd-analyze verify rehearsal.service; systemd-analyze security rehearsal.service
[Unit]
Description=Rehearsal desk, session {{ session }}
After=network.target

[Service]
Type=exec
DynamicUser=yes
StateDirectory=rehearsal-{{ session }}
StateDirectoryMode=0700
WorkingDirectory=/usr/local/share/rehearsal/{{ session }}
# KIT_STORE=postgresql+psycopg://... (tệp này chỉ root đọc được; readable by root alone)
# Khóa nhận mã vào lớp, chỉ root đọc được. The secret of the join codes, readable by root alone.
LoadCredential=joining:/etc/rehearsal/{{ session }}.joining
Environment=KIT_JOIN_FILE=%d/joining
EnvironmentFile=-/etc/rehearsal/{{ session }}.env
ExecStart=/usr/local/share/rehearsal/venv/bin/python run.py --port 8866 --kernels {{ kernels }}
Restart=on-failure
RestartSec=5
KillMode=mixed
TimeoutStopSec=20
UMask=0077

# Mỗi người đang mở trang cần khoảng 24 tệp. Everybody at a desk needs about 24 open files.
LimitNOFILE=65536
TasksMax=8192
MemoryHigh=80%
MemoryMax=90%
OOMPolicy=continue

NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectProc=invisible
LockPersonality=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
# Kho PostgreSQL ở máy khác: thêm địa chỉ máy đó. A PostgreSQL server elsewhere: add its address.
IPAddressDeny=any
IPAddressAllow=localhost

[Install]
WantedBy=multi-user.target
