# gcm-references with the review, the schedules and PostgreSQL. No root, and the root file system may be read-only: what is
# written goes to /data (corpus and outputs) and /tmp. `docker build -t gcm-references .`; compose.yaml starts all of it.
FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
# the versions of requirements.lock, without the hashes, for psycopg is not in it
RUN sed -n 's/ \\$//; /^[a-z0-9]/p' requirements.lock > /constraints.txt \
 && python -m venv /opt/gcmrefs \
 && /opt/gcmrefs/bin/pip install --no-cache-dir --disable-pip-version-check -c /constraints.txt '.[charts,parquet,review,schedule,postgres]'

FROM python:3.11-slim
COPY --from=build /opt/gcmrefs /opt/gcmrefs
ENV PATH=/opt/gcmrefs/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    GCMREFS_CORPUS=/data/corpus \
    GCMREFS_OUTPUTS=/data/outputs
RUN useradd --uid 10001 --no-create-home --home-dir /tmp gcmrefs \
 && mkdir -p /data/outputs && gcmrefs init /data && chown -R gcmrefs:gcmrefs /data
USER 10001
WORKDIR /data
VOLUME ["/data/corpus", "/data/outputs"]
EXPOSE 8350
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8350/health', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["gcmrefs", "review", "--host", "0.0.0.0", "--no-browser"]
