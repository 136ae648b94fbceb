# Đợt {{ session }}. podman build -f deploy/Containerfile -t rehearsal-{{ session }} .
# podman run --read-only --cap-drop=all --security-opt=no-new-privileges --ulimit nofile=65536 --tmpfs /tmp \
#   --volume rehearsal-{{ session }}:/var/lib/rehearsal --publish 127.0.0.1:8866:8866 rehearsal-{{ session }}
# Đợt có danh sách: thêm khóa nhận mã. A session with a roster: add the secret of the join codes.
#   podman secret create joining FILE; --secret joining,uid=10001,mode=0400 --env KIT_JOIN_FILE=/run/secrets/joining
FROM docker.io/library/python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/rehearsal --create-home rehearsal
COPY requirements.txt /usr/local/share/rehearsal/requirements.txt
RUN pip install --no-cache-dir --require-hashes -r /usr/local/share/rehearsal/requirements.txt
COPY . /usr/local/share/rehearsal/bundle
USER rehearsal
WORKDIR /usr/local/share/rehearsal/bundle
VOLUME /var/lib/rehearsal
ENV KIT_STATE=/var/lib/rehearsal PYTHONDONTWRITEBYTECODE=1
EXPOSE 8866
# Trong hộp chứa phải nghe mọi địa chỉ; bên ngoài chỉ mở cho 127.0.0.1 (xem --publish ở trên).
# Inside the container it must listen on every address; outside only 127.0.0.1 reaches it (--publish above).
CMD ["python", "run.py", "--address", "0.0.0.0", "--port", "8866", "--kernels", "{{ kernels }}"]
