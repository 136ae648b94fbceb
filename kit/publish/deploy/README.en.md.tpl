# Rehearsal bundle: session {{ session }}, {{ province.name }}

This bundle serves the trainees' desk from the province's server. It holds {{ scripts }} scripts of {{ exercises | length }} exercises and
{{ people }} people of the roster. It holds **no** keys, guides or grading code: nobody can read them from this server, its administrator
included. So there is no feedback step by step here; the trainers grade afterwards.

Citizens, officials and dossiers are generated (personal IDs begin with 099, phones are 0600 xxx xxx). Only the trainees' names are real.

## Before you start it

1. Compare the SHA-256 of `manifest.json` with the one that the publisher told you by another way: `sha256sum manifest.json`.
2. Install Python 3.11 and the libraries, exactly as locked:

```
python3 -m venv ../venv
../venv/bin/pip install --require-hashes -r requirements.txt
```

## Start

```
../venv/bin/python run.py --port 8866
```

It checks every file against the manifest and names whatever was changed, added or lost instead of starting. It listens on 127.0.0.1 only.
It writes into `{{ session }}.state` beside the bundle (or `--state DIR`), never into the bundle. For PostgreSQL set `KIT_STORE`.

In a session with a roster trainees come in by personal links or typed codes of 12 letters, which the trainers hand out. The server needs
the secret that checks them; it is not in the bundle. `kit session links {{ session }} ...` made it with the links; the trainers send the
file `sessions/{{ session }}/joining/secret` by another way: put it where only the service's account can read it and name it in
`KIT_JOIN_FILE`. It lets people in; it opens no key of an exercise.

For good: `deploy/rehearsal.service` (systemd), `deploy/nginx.conf` (TLS, limits, CSP), `deploy/Containerfile`. They are examples: change
domain, certificate and folders. Put nginx in front before you open it beyond your own network.

| limit | default | where |
| --- | --- | --- |
| people at once | {{ kernels }}; whoever comes then sees a page that tries again by itself | `run.py --kernels` |
| a closed page's kernel ends after | 10 minutes (a page that never connected: 1 minute) | `voila.json` |
| open files | 24 a person; with fewer, the number of people is lowered | `LimitNOFILE` |

## After the session

In `sessions/{{ session }}` of the state folder make one whole file (never copy `attempts.sqlite` alone: its newest part lies in
`attempts.sqlite-wal`, also after the server has ended):

```
python -c "import sqlite3; sqlite3.connect('attempts.sqlite').backup(sqlite3.connect('attempts-backup.sqlite'))"
```

Send `attempts-backup.sqlite` to the trainers by a safe way. On the computer with the keys they run
`kit session gather {{ session }} attempts-backup.sqlite`, then `kit grade --session {{ session }}`. Keep the state folder until the results are
there and delete it then: it holds the trainees' names and what they did.
