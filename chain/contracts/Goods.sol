// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {Cid} from "./Cid.sol";
import {Birth, Terms, goodId} from "./Terms.sol";

/// @title Goods: everything that can be owned on the street (ERC-1155, ERC-2981, ERC-7572)
/// @notice A good's id is the hash of its terms. It is registered by the first unit that comes into being, and no
/// more units than its cap ever will: the cap counts births, so what is burnt makes no room. There is no owner, and
/// nothing about a good can be changed.
/// @dev The market is trusted, immutably, to mint and to move units as signed offers say. See docs/adr.
contract Goods is ERC1155, IERC2981 {
    /// @notice What is kept of a good's terms, and how many units came into being.
    struct Record {
        address creator;
        uint32 cap;
        uint32 minted;
        uint16 royaltyBps;
        uint16 flags;
    }

    /// @notice Most that a good's royalty can be: 10 %.
    uint16 public constant MAX_ROYALTY_BPS = 1000;

    /// @notice The market that fills makers' and owners' signed offers.
    address public immutable market;

    // Record, in one slot: creator (160 bits, never zero once registered) | cap (32) | minted (32) | royaltyBps (16)
    // | flags (16), from the lowest bit up. The compiler would write such a struct in four stores.
    uint256 private constant CAP_AT = 160;
    uint256 private constant MINTED_AT = 192;
    uint256 private constant ROYALTY_AT = 224;
    uint256 private constant FLAGS_AT = 240;

    mapping(uint256 id => uint256 record) private _records;
    mapping(uint256 id => bytes32) private _manifests;

    /// @notice A good came into being.
    event Registered(
        uint256 indexed id,
        address indexed maker,
        address indexed creator,
        bytes32 manifest,
        uint32 cap,
        uint16 royaltyBps,
        uint16 flags
    );
    /// @notice ERC-7572: the contract's own metadata was set.
    event ContractURIUpdated();

    /// @notice Only the market may do this.
    error OnlyMarket(address caller);
    /// @notice Only the good's maker may do this.
    error OnlyMaker(address maker, address caller);
    /// @notice Terms need a maker, a creator, a manifest and a cap of at least 1.
    error TermsIncomplete(uint256 id);
    /// @notice The royalty is above the highest allowed.
    error RoyaltyTooHigh(uint16 royaltyBps, uint16 maxBps);
    /// @notice Fewer units can still come into being than were asked for.
    error CapReached(uint256 id, uint256 cap, uint256 minted, uint256 quantity);
    /// @notice A quantity of zero.
    error ZeroQuantity(uint256 id);
    /// @notice No unit of this good ever came into being.
    error Unregistered(uint256 id);

    /// @param market_ The market to trust, for ever.
    constructor(address market_) ERC1155("") {
        market = market_;
        emit ContractURIUpdated();
    }

    modifier onlyMarket() {
        if (msg.sender != market) revert OnlyMarket(msg.sender);
        _;
    }

    /// @notice Makes units of one's own good without a sale: samples, gifts, stock for other contracts.
    /// @return id The good's id.
    function mint(Terms calldata terms, address to, uint256 quantity) external returns (uint256 id) {
        if (msg.sender != terms.maker) revert OnlyMaker(terms.maker, msg.sender);
        id = _take(terms, quantity);
        _mint(to, id, quantity, "");
    }

    /// @notice Mints units that the market has just sold for their makers. Market only.
    function mintSold(address to, Birth[] calldata births) external onlyMarket {
        uint256[] memory ids = new uint256[](births.length);
        uint256[] memory quantities = new uint256[](births.length);
        for (uint256 i; i < births.length; ++i) {
            quantities[i] = births[i].quantity;
            ids[i] = _take(births[i].terms, quantities[i]);
        }
        _updateWithAcceptanceCheck(address(0), to, ids, quantities, "");
    }

    /// @notice Moves units that the market has just sold for their owner. Market only.
    function moveSold(address from, address to, uint256 id, uint256 quantity) external onlyMarket {
        if (quantity == 0) revert ZeroQuantity(id);
        _safeTransferFrom(from, to, id, quantity, "");
    }

    /// @notice Ends units of the caller's own. They still count against the cap.
    function burn(uint256 id, uint256 quantity) external {
        if (quantity == 0) revert ZeroQuantity(id);
        _burn(msg.sender, id, quantity);
    }

    /// @notice Ends units of many goods of the caller's own at once.
    function burnBatch(uint256[] calldata ids, uint256[] calldata quantities) external {
        for (uint256 i; i < quantities.length; ++i) {
            if (quantities[i] == 0) revert ZeroQuantity(i < ids.length ? ids[i] : 0);
        }
        _burnBatch(msg.sender, ids, quantities);
    }

    /// @notice Who is paid a royalty, and how much of 10,000.
    function royaltyOf(uint256 id) external view returns (address creator, uint16 royaltyBps) {
        uint256 record = _registered(id);
        return (address(uint160(record)), uint16(record >> ROYALTY_AT));
    }

    /// @notice What is kept of a good; zeros before its first unit.
    function recordOf(uint256 id) external view returns (Record memory record, bytes32 manifest) {
        uint256 packed = _records[id];
        record = Record({
            creator: address(uint160(packed)),
            cap: uint32(packed >> CAP_AT),
            minted: uint32(packed >> MINTED_AT),
            royaltyBps: uint16(packed >> ROYALTY_AT),
            flags: uint16(packed >> FLAGS_AT)
        });
        manifest = _manifests[id];
    }

    /// @notice Units that ever came into being.
    function minted(uint256 id) external view returns (uint256) {
        return uint32(_records[id] >> MINTED_AT);
    }

    /// @notice Id of the good with these terms, registered or not.
    function idOf(Terms calldata terms) external pure returns (uint256) {
        return goodId(terms);
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(uint256 id, uint256 salePrice) external view returns (address receiver, uint256 royalty) {
        uint256 record = _records[id];
        return (address(uint160(record)), salePrice * uint16(record >> ROYALTY_AT) / 10_000);
    }

    /// @notice `ipfs://` address of the good's manifest.
    function uri(uint256 id) public view override returns (string memory) {
        _registered(id);
        return string.concat("ipfs://", Cid.ofSha256(_manifests[id]));
    }

    /// @notice ERC-7572: what this collection is.
    function contractURI() external pure returns (string memory) {
        return 'data:application/json;utf8,{"name":"Loquat goods","symbol":"GOODS",'
            '"description":"Everything that can be owned on a market street you can walk."}';
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC1155, IERC165) returns (bool) {
        return interfaceId == type(IERC2981).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @dev Counts units against the cap, registering the good at its first.
    function _take(Terms calldata terms, uint256 quantity) private returns (uint256 id) {
        id = goodId(terms);
        if (quantity == 0) revert ZeroQuantity(id);
        uint256 record = _records[id];
        if (record == 0) record = _register(id, terms);
        uint256 cap = uint32(record >> CAP_AT);
        uint256 before = uint32(record >> MINTED_AT);
        unchecked {
            // minted never exceeds the cap, so neither the difference nor the lane can overflow
            if (quantity > cap - before) revert CapReached(id, cap, before, quantity);
            _records[id] = record + (quantity << MINTED_AT);
        }
    }

    /// @dev Tells of a good that comes into being; the caller keeps the record.
    function _register(uint256 id, Terms calldata terms) private returns (uint256 record) {
        if (terms.maker == address(0) || terms.creator == address(0) || terms.manifest == 0 || terms.cap == 0) {
            revert TermsIncomplete(id);
        }
        if (terms.royaltyBps > MAX_ROYALTY_BPS) revert RoyaltyTooHigh(terms.royaltyBps, MAX_ROYALTY_BPS);
        _manifests[id] = terms.manifest;
        emit Registered(id, terms.maker, terms.creator, terms.manifest, terms.cap, terms.royaltyBps, terms.flags);
        return uint256(uint160(terms.creator)) | (uint256(terms.cap) << CAP_AT)
            | (uint256(terms.royaltyBps) << ROYALTY_AT) | (uint256(terms.flags) << FLAGS_AT);
    }

    function _registered(uint256 id) private view returns (uint256 record) {
        record = _records[id];
        if (record == 0) revert Unregistered(id);
    }
}
