@echo sentry-broadcast is built on Linux, on macOS, and on Windows inside WSL: open a WSL shell and run ./mvnw there.
@exit /b 1
