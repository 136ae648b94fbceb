"""python -m kit.kernels.visitors: Voila for many visitors."""

from kit.kernels.visitors.app import main

if __name__ == "__main__":
    main()
