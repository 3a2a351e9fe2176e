# Waymark for a team, in a container. docs/deploy.md says how to run it, and what was tried.

FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements.txt requirements-dev.txt ./
# The tested versions: requirements.txt, and for PostgreSQL and signing in those of requirements-dev.txt.
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --requirement requirements.txt \
 && /opt/venv/bin/pip install --no-cache-dir --constraint requirements-dev.txt \
      "psycopg[binary]" Authlib argon2-cffi httpx webauthn

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home waymark \
 && install --directory --owner=waymark --mode=0700 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/waymark
COPY .streamlit .streamlit
COPY data data
COPY coding_schemes coding_schemes
COPY pages pages
COPY evidence evidence
COPY app.py LICENSE ./
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    WAYMARK_DATABASE=sqlite:////data/waymark.db \
    WAYMARK_SIGN_IN=invitation \
    WAYMARK_LOG=json
# So that a start compiles nothing, and the person who runs it need not write here.
RUN python -m compileall -q evidence pages app.py
USER 10001
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/health', timeout=5)"]
ENTRYPOINT ["python", "-m", "evidence"]
CMD ["serve", "--no-example"]
